using SyncHealth.Dashboard.Health;
using SyncHealth.Host.Configuration;

namespace SyncHealth.Host.Roles;

/// <summary>Reads where vital signs stop being good and where they are poor: <c>Dashboard:Bands</c> for every app, <c>Dashboard:Apps:NAME:Bands</c> for one.</summary>
internal static class BandSettings
{
    private const string AppsSection = "Dashboard:Apps";

    /// <summary>Most of anything that is counted: above it a limit limits nothing.</summary>
    private const double Most = 1_000_000;

    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestStaleness = TimeSpan.FromDays(30);

    /// <summary>The limits of apps that have none of their own.</summary>
    /// <exception cref="StartupException">A value is out of bounds; the message names the key to set.</exception>
    public static VitalBands Read(Settings settings) => Read(settings, "Dashboard:Bands", new VitalBands());

    /// <summary>The limits of apps that have some of their own; what they leave out is as for every app.</summary>
    /// <exception cref="StartupException">A value is out of bounds; the message names the key to set.</exception>
    public static IReadOnlyDictionary<string, VitalBands> ReadApps(Settings settings)
    {
        var everywhere = Read(settings);
        return settings.Names(AppsSection).ToDictionary(app => app, app => Read(settings, $"{AppsSection}:{app}:Bands", everywhere), StringComparer.Ordinal);
    }

    private static VitalBands Read(Settings settings, string section, VitalBands fallback)
    {
        return new VitalBands
        {
            SuccessRate = Limits("SuccessRate", fallback.SuccessRate, (key, limit) => settings.Real(key, limit, 0, 100)),
            Duration = Limits("Duration", fallback.Duration, (key, limit) => settings.Span(key, TimeSpan.FromMilliseconds(limit), TimeSpan.FromMilliseconds(1), LongestDuration).TotalMilliseconds),
            ConflictRate = Limits("ConflictRate", fallback.ConflictRate, (key, limit) => settings.Real(key, limit, 0, Most)),
            QueueDepth = Limits("QueueDepth", fallback.QueueDepth, (key, limit) => settings.Real(key, limit, 0, Most)),
            Staleness = Limits("Staleness", fallback.Staleness, (key, limit) => settings.Span(key, TimeSpan.FromSeconds(limit), TimeSpan.FromSeconds(1), LongestStaleness).TotalSeconds),
        };

        BandLimits Limits(string sign, BandLimits limits, Func<string, double, double> read)
        {
            var key = $"{section}:{sign}";
            var found = new BandLimits(read($"{key}:Target", limits.Target), read($"{key}:Critical", limits.Critical));
            if (found.Target == found.Critical || found.LessIsWorse != limits.LessIsWorse)
                throw Settings.Bad($"{key}:Critical", settings.Text($"{key}:Critical") ?? "not set", $"a value {(limits.LessIsWorse ? "below" : "above")} that of {key.Replace(":", "__", StringComparison.Ordinal)}__Target");
            return found;
        }
    }
}
