using SyncHealth.Alerting.Evaluation;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Tests.Evaluation;

/// <summary>Readings of a rule on releases, as a test sets them; such a rule asks for nothing else.</summary>
internal sealed class ScriptedReleases : IReadings
{
    public IReadOnlyList<ReleaseReading> Releases { get; set; } = [];

    public bool IsIngestDown { get; set; }

    public Task<IReadOnlyList<ReleaseReading>> ReadReleasesAsync(AlertRule rule, string app, CancellationToken cancellationToken) => Task.FromResult(Releases);

    public Task<bool> IsIngestDownAsync(CancellationToken cancellationToken) => Task.FromResult(IsIngestDown);

    public Task<IReadOnlyDictionary<SegmentKey, Reading>> ReadAsync(AlertRule rule, string app, TimeWindow window, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TimeSpan> LatenessAsync(string app, DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<TimeWindow>> LateWindowsAsync(AlertRule rule, string app, DateTimeOffset arrivedSince, DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> HasArrivalsAsync(TimeWindow window, CancellationToken cancellationToken) => throw new NotSupportedException();
}
