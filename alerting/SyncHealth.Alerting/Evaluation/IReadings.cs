using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Evaluation;

/// <summary>The data that rules are evaluated on: rollups in life, a script in a test of rules.</summary>
public interface IReadings
{
    /// <summary>What each segment of the rule counts in a window; segments without data are absent.</summary>
    Task<IReadOnlyDictionary<SegmentKey, Reading>> ReadAsync(AlertRule rule, string app, TimeWindow window, CancellationToken cancellationToken);

    /// <summary>The verdicts on the releases that devices of the rule's environment and filters came to within the last month, each against an older one.</summary>
    Task<IReadOnlyList<ReleaseReading>> ReadReleasesAsync(AlertRule rule, string app, CancellationToken cancellationToken);

    /// <summary>How long after its end nine tenths of a window have arrived, as learned for the app at this hour of the week; zero before anything is learned.</summary>
    Task<TimeSpan> LatenessAsync(string app, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Windows of the rule's length, starting at multiples of it since 1970, into which events fell that arrived late since <paramref name="arrivedSince"/>; ascending.</summary>
    Task<IReadOnlyList<TimeWindow>> LateWindowsAsync(AlertRule rule, string app, DateTimeOffset arrivedSince, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Whether anything of any app arrived in a window: where nothing did, it is ingest that is silent.</summary>
    Task<bool> HasArrivalsAsync(TimeWindow window, CancellationToken cancellationToken);

    /// <summary>Whether the alert that ingest is down is open: then what is missing says nothing about devices, and nothing is evidence.</summary>
    Task<bool> IsIngestDownAsync(CancellationToken cancellationToken) => Task.FromResult(false);
}
