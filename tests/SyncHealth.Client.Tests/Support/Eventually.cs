namespace SyncHealth.Client.Tests.Support;

/// <summary>Waits for what a background loop will do. The limit is for a broken loop only; a working one is awaited for milliseconds.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(2);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, "Did not happen: " + what);
            await Task.Delay(Step, TimeProvider.System);
        }
    }
}
