using SyncHealth.Client.Tests.Durability;

// The test program is also the app that the kill tests start and kill.
return args switch
{
    ["app", var folder, var endpoint, var first, var count] => await KilledApp.RunAsync(folder, new Uri(endpoint), int.Parse(first, null), int.Parse(count, null)),
    ["disk", var folder, var endpoint, var k, var count] => await KilledApp.RunOnDiskAsync(folder, new Uri(endpoint), int.Parse(k, null), int.Parse(count, null)),
    ["leave", var folder, var endpoint, var first, var count] => await KilledApp.RunAndLeaveAsync(folder, new Uri(endpoint), int.Parse(first, null), int.Parse(count, null)),
    ["dark", var folder, var endpoint, var first, var count] => await KilledApp.RunInTheDarkAsync(folder, new Uri(endpoint), int.Parse(first, null), int.Parse(count, null)),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
