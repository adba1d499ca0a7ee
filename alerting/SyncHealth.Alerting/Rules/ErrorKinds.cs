namespace SyncHealth.Alerting.Rules;

/// <summary>What <c>ignoreErrors</c> may name: the kinds of contract section 3.</summary>
public static class ErrorKinds
{
    /// <summary>An attempt that the user or the system ended.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } = ["offline", "timeout", "server", "auth", "denied", "client", "storage", Cancelled, "schema"];
}
