namespace SyncHealth.Dashboard.Setup;

/// <summary>How a change ended.</summary>
/// <param name="Problem">What stood against it, for people; null when it was made.</param>
/// <param name="Secret">What was made and is shown this once; null when nothing of the kind was.</param>
public sealed record SetupChange(string? Problem, string? Secret = null)
{
    public static readonly SetupChange Made = new((string?)null);

    public static SetupChange Refused(string problem) => new(problem);
}
