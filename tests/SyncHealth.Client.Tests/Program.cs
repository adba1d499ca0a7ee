using SyncHealth.Client.Tests.Durability;

// The test program is also the app that the kill tests start and kill.
return args is ["app", var folder, var endpoint, var first, var count]
    ? await KilledApp.RunAsync(folder, new Uri(endpoint), int.Parse(first, null), int.Parse(count, null))
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
