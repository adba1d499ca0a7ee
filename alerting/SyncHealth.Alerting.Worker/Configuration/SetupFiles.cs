namespace SyncHealth.Alerting.Worker.Configuration;

/// <summary>The text of an installation's files at one moment; null for one that is not configured or cannot be read.</summary>
internal sealed record SetupFiles(string? Rules, string? Receivers)
{
    public static SetupFiles Read(AlertingOptions options) => new(TextOf(options.RulesFile), TextOf(options.ReceiversFile));

    private static string? TextOf(string? path)
    {
        try
        {
            return path is null ? null : File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
