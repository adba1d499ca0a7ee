namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>Values that a test does not care about.</summary>
internal static class Some
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
}
