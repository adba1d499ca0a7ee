namespace SyncHealth.Alerting.Trials;

/// <summary>Attempts of one segment, the same number every minute of [<see cref="From"/>, <see cref="To"/>).</summary>
public sealed record TrialSeries
{
    /// <summary>Values by dimension; <c>environment</c> is production unless it is among them.</summary>
    public IReadOnlyDictionary<string, string> Segment { get; init; } = new Dictionary<string, string>();

    public required TimeSpan From { get; init; }

    public required TimeSpan To { get; init; }

    /// <summary>Attempts a minute.</summary>
    public required int Attempts { get; init; }

    /// <summary>Percent of them that succeed.</summary>
    public double Success { get; init; } = 100;

    /// <summary>Percent of them that succeed without a retry; as many as succeed unless it is given.</summary>
    public double? FirstTry { get; init; }

    /// <summary>Kind of error of those that fail.</summary>
    public string Error { get; init; } = "server";

    /// <summary>Devices that make them: the first so many of the segment.</summary>
    public int Devices { get; init; } = 100;

    public double DurationMs { get; init; } = 800;

    /// <summary>Percent that takes <see cref="SlowMs"/> instead.</summary>
    public double Slow { get; init; }

    public double SlowMs { get; init; } = 90_000;

    /// <summary>Percent with a conflict.</summary>
    public double Conflicted { get; init; }

    /// <summary>Queue depth that the first <see cref="Deep"/> devices report; the others report none.</summary>
    public int Queue { get; init; }

    /// <summary>Devices with that queue; all of them unless it is given.</summary>
    public int? Deep { get; init; }

    /// <summary>Devices, the first so many, that a detector would call stuck.</summary>
    public int Stuck { get; init; }

    /// <summary>Devices that one item blocks.</summary>
    public int Poisoned { get; init; }

    /// <summary>Devices that lost unsynced items in a reset.</summary>
    public int ResetLoss { get; init; }

    /// <summary>Devices with a wrong clock.</summary>
    public int ClockOff { get; init; }

    /// <summary>Percent of the items sent that had been sent before, on every device.</summary>
    public double Resent { get; init; }

    /// <summary>Percent of the sequence numbers that no event carries, on every device.</summary>
    public double Missing { get; init; }

    /// <summary>How long after they happened the attempts arrive.</summary>
    public TimeSpan Late { get; init; }
}
