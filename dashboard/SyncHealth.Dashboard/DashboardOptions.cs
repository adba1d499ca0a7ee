using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard;

/// <summary>What the host tells the pages. Configuration section <c>Dashboard</c>.</summary>
public sealed class DashboardOptions
{
    /// <summary>Shows the demo badge with the shared clock, and offers the demo's own key in snippets. Default: false.</summary>
    public bool IsDemo { get; init; }

    /// <summary>How fast the shared clock runs against the wall clock. Default: 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Wall time between two reads of one distinct question. Default: 3 s, so that a change shows within 5 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Path of the page that shows what the fake receivers got; null where there are none. Default: null.</summary>
    public string? ReceiversPath { get; init; }

    /// <summary>Where each vital sign stops being good, and where it is poor.</summary>
    public VitalBands Bands { get; init; } = new();

    /// <summary>What is wrong with these options, each with the key to set; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        if (!(Speed >= 1))
            errors.Add($"SYNCHEALTH__Dashboard__Speed is {Speed}: set it to 1 or more.");
        if (PollInterval < TimeSpan.FromMilliseconds(100))
            errors.Add($"SYNCHEALTH__Dashboard__PollInterval is {PollInterval}: set it to 100 ms or more.");
        if (ReceiversPath is { } path && !path.StartsWith('/'))
            errors.Add($"SYNCHEALTH__Dashboard__ReceiversPath is '{path}': set it to a path that starts with '/'.");
        return errors;
    }
}
