namespace SyncHealth.Alerting.Rules;

/// <summary>Why a rule file was refused.</summary>
/// <param name="Line">1-based line in the file.</param>
/// <param name="Key">Path of the key, as <c>rules[sync-success-rate].window</c>.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record RuleProblem(int Line, string Key, string Message)
{
    public override string ToString() => $"line {Line}: {Key}: {Message}";
}
