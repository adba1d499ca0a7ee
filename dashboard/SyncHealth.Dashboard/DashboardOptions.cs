using System.Reflection;
using SyncHealth.Dashboard.Access;
using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.State;

namespace SyncHealth.Dashboard;

/// <summary>What the host tells the pages. Configuration section <c>Dashboard</c>.</summary>
public sealed class DashboardOptions
{
    private const double AcceleratedFrom = 10;

    /// <summary>Shows the demo badge with the shared clock, and offers the demo's own key in snippets. Default: false.</summary>
    public bool IsDemo { get; set; }

    /// <summary>How fast the shared clock runs against the wall clock. Default: 1.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Wall time between two reads of one distinct question. Default: 3 s, so that a change shows within 5 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Path of the page that shows what the fake receivers got; null where there are none. Default: null.</summary>
    public string? ReceiversPath { get; set; }

    /// <summary>Assemblies that bring pages of their own along, such as the demo's <c>/try</c>. Default: none.</summary>
    public IReadOnlyList<Assembly> Pages { get; set; } = [];

    /// <summary>Rules that have a shipped runbook at <c>/runbooks/NAME</c>. Default: none.</summary>
    public IReadOnlyCollection<string> Runbooks { get; set; } = [];

    /// <summary>Where each vital sign stops being good, and where it is poor.</summary>
    public VitalBands Bands { get; set; } = new();

    /// <summary>Limits of single apps, by name; the others have <see cref="Bands"/>. Default: none.</summary>
    public IReadOnlyDictionary<string, VitalBands> AppBands { get; set; } = new Dictionary<string, VitalBands>();

    /// <summary>Who may open the pages. Default: people sign in.</summary>
    public AccessOptions Access { get; set; } = new();

    /// <summary>The limits that hold for an app.</summary>
    public VitalBands BandsOf(string app) => AppBands.GetValueOrDefault(app, Bands);

    /// <summary>What a page without a range in its address looks at: the last hour, or six when an accelerated clock makes an hour pass in a minute.</summary>
    internal TimeRange DefaultRange => Speed >= AcceleratedFrom ? TimeRange.SixHours : TimeRange.Hour;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key to set.</exception>
    public void Validate()
    {
        Require(Speed >= 1, nameof(Speed), "must be 1 or more");
        Require(PollInterval >= TimeSpan.FromMilliseconds(100) && PollInterval <= TimeSpan.FromMinutes(1), nameof(PollInterval), "must be between 100 ms and 1 min");
        Require(ReceiversPath is null || ReceiversPath.StartsWith('/'), nameof(ReceiversPath), "must start with a slash");
    }

    private static void Require(bool holds, string name, string rule)
    {
        if (!holds)
            throw new ArgumentException($"Dashboard:{name} {rule} (environment SYNCHEALTH__Dashboard__{name}).");
    }
}
