namespace SyncHealth.Alerting.Worker.Runbooks;

/// <summary>The runbooks that ship: one per shipped rule, and one for the example on releases.</summary>
internal static class Runbook
{
    private const string Prefix = "runbooks/";

    /// <summary>Names of the rules that have one.</summary>
    public static IReadOnlyCollection<string> Names { get; } = typeof(Runbook).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).ToHashSet();

    /// <summary>Its Markdown, or null when the rule has none.</summary>
    public static string? Read(string rule)
    {
        if (!Names.Contains(rule))
            return null;
        using var reader = new StreamReader(typeof(Runbook).Assembly.GetManifestResourceStream(Prefix + rule)!);
        return reader.ReadToEnd();
    }
}
