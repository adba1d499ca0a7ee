using SyncHealth.Host;

return await CommandLine.RunAsync(args);
