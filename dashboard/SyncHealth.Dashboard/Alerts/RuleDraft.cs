using SyncHealth.Alerting.Rules;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>What somebody wrote as rules, read as alerting reads a file.</summary>
/// <param name="Problems">Why it is refused, each with its line, its key and what is allowed; empty when it is not.</param>
/// <param name="Canonical">What it comes to, in the one form in which rules are written; empty when it is refused.</param>
/// <param name="RuleCount">Rules in it.</param>
public sealed record RuleDraft(IReadOnlyList<RuleProblem> Problems, string Canonical, int RuleCount)
{
    public static RuleDraft Read(string text)
    {
        var reading = RuleDocumentReader.Read(text);
        return reading.Document is { } document ? new RuleDraft([], RuleDocumentWriter.Write(document), document.Rules.Count) : new RuleDraft(reading.Problems, "", 0);
    }

    /// <summary>A file of rules that are each written as an item of its list; empty without any.</summary>
    public static string Join(IEnumerable<string> items) => string.Concat(items) is { Length: > 0 } all ? "rules:\n" + all : "";
}
