namespace SyncHealth.Storage.Vitals;

/// <summary>Brings the parts of an answer together by group and point.</summary>
internal sealed class AnswerBuilder(VitalsQuery query, CountedRange range, PointGrid grid)
{
    /// <summary>Ordered when all is there: keeping tens of thousands of points in order costs more than ordering them once.</summary>
    private readonly Dictionary<string[], Dictionary<DateTime, PointParts>> _groups = new(GroupOrder.Instance);
    private readonly DateTime _now = query.Now.UtcDateTime;
    private LagCurves? _lag;

    /// <summary>Ends of the points that have begun: the moments at which the fleet is asked.</summary>
    public IReadOnlyList<DateTime> Moments() => [.. grid.Starts(range, _now).Select(at => grid.EndOf(at, range))];

    public void Learn(LagCurves? lag) => _lag = lag;

    public void Add(IEnumerable<VitalCount> counts)
    {
        foreach (var count in counts)
            PartsOf(count.GroupKey, count.At).Add(count);
    }

    public void Add(IEnumerable<DeviceCount> counts)
    {
        foreach (var count in counts.Where(count => KnowsDevices(count.At)))
            PartsOf(count.GroupKey, count.At).Devices = count.Devices;
    }

    public void Add(IEnumerable<FleetMoment> moments)
    {
        foreach (var moment in moments)
            PartsOf(moment.GroupKey, grid.StartOf(moment.Moment.AddTicks(-1), range)).Fleet = moment;
    }

    public VitalsAnswer Build()
    {
        if (query.By.Count == 0 && query.Step is null)
            PartsOf([], range.Lo);
        var durations = new DurationSketch();
        return new VitalsAnswer(
            query.App, VitalsReader.Utc(range.Lo), VitalsReader.Utc(range.Hi), (int?)query.Step?.TotalSeconds, query.Clock,
            [.. _groups.OrderBy(group => group.Key, GroupOrder.Instance).Select(group => new VitalsGroup(
                GroupOrder.ByOf(query.By, group.Key),
                [.. group.Value.OrderBy(point => point.Key).Select(point => point.Value.ToPoint(VitalsReader.Utc(point.Key), query.QueueThreshold, CompletenessOf(point.Key), durations))]))]);
    }

    private double? CompletenessOf(DateTime at) =>
        query.Clock == VitalsClock.Arrival && query.Parts.HasFlag(VitalsParts.Completeness) ? 1 : _lag?.Completeness(at < range.Lo ? range.Lo : at, grid.EndOf(at, range), _now);

    /// <summary>The devices of a point are known wholly or not at all: a part of them would pass for all of them.</summary>
    private bool KnowsDevices(DateTime at) => range.DevicesFrom is not { } from || (at < range.Lo ? range.Lo : at) >= from;

    private PointParts PartsOf(string[] key, DateTime at)
    {
        if (!_groups.TryGetValue(key, out var points))
            _groups.Add(key, points = []);
        if (!points.TryGetValue(at, out var parts))
            points.Add(at, parts = new PointParts { Devices = KnowsDevices(at) ? 0 : null });
        return parts;
    }
}
