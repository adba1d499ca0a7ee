using SyncHealth.Alerting.Routing;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>What somebody wrote to be silenced, and what is wrong with it.</summary>
/// <param name="Matchers">Conditions that all have to hold; empty when something is wrong.</param>
/// <param name="Problems">What to change.</param>
public sealed record SilenceDraft(IReadOnlyList<LabelMatcher> Matchers, IReadOnlyList<string> Problems)
{
    /// <summary>Reads conditions, one a line; empty lines count for nothing.</summary>
    public static SilenceDraft Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length is 0 or > Silence.MaxMatchers)
            return new SilenceDraft([], [$"Write 1 to {Silence.MaxMatchers} conditions, one a line, such as rule=sync-success-rate."]);
        var (matchers, problems) = (new List<LabelMatcher>(), new List<string>());
        foreach (var line in lines)
            if (LabelMatcher.TryParse(line, out var matcher, out var problem))
                matchers.Add(matcher);
            else
                problems.Add(problem);
        return new SilenceDraft(problems.Count == 0 ? matchers : [], problems);
    }
}
