namespace SyncHealth.Host.Processes;

/// <summary>What a finished child process left: its code and its output, both streams in order of arrival.</summary>
internal sealed record ChildProcessResult(int ExitCode, IReadOnlyList<string> Lines)
{
    /// <summary>The last line that says something: what to show when it failed.</summary>
    public string LastLine => Lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim() ?? $"exit code {ExitCode}";
}
