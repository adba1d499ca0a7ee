namespace SyncHealth.Host.Processes;

/// <summary>How to run a child process.</summary>
internal sealed record ChildProcessSettings
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Account to run as; null for our own.</summary>
    public string? UserName { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Called for each line of output as it comes, besides collecting it.</summary>
    public Action<string>? OnLine { get; init; }
}
