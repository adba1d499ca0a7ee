using System.Runtime.InteropServices;

namespace SyncHealth.Storage.Vitals;

/// <summary>Brings the parts of an answer together by group and point.</summary>
internal sealed class AnswerBuilder(VitalsQuery query, CountedRange range, PointGrid grid)
{
    /// <summary>Points from which groups are built on every core: twenty thousand take ten milliseconds.</summary>
    private const int ManyPoints = 4_096;

    /// <summary>Ordered when all is there: keeping tens of thousands of points in order costs more than ordering them once.</summary>
    private readonly Dictionary<string[], Dictionary<DateTime, int>> _groups = new(GroupOrder.Instance);
    private readonly PointTable _points = new();
    private readonly Dictionary<string[], long> _queuedAtStart = new(GroupOrder.Instance);
    private readonly DurationSketch _room = new();
    private readonly DateTime _now = (query.AsOf ?? query.Now).UtcDateTime;
    private LagCurves? _lag;

    /// <summary>Ends of the points that have begun, and the start of the range where growth is asked: the moments at which the fleet is asked.</summary>
    public IReadOnlyList<DateTime> Moments()
    {
        var ends = grid.Starts(range, _now).Select(at => grid.EndOf(at, range)).Select(end => query.AsOf is null || end < _now ? end : _now);
        return [.. AsksGrowth ? ends.Prepend(range.Lo) : ends];
    }

    public void Learn(LagCurves? lag) => _lag = lag;

    public void Add(VitalCount count) => PartsOf(count.GroupKey, count.At).Add(count, _room);

    public void Add(IEnumerable<DeviceCount> counts)
    {
        foreach (var count in counts.Where(count => KnowsDevices(count.At)))
            PartsOf(count.GroupKey, count.At).Devices = count.Devices;
    }

    public void Add(IEnumerable<FleetMoment> moments)
    {
        foreach (var moment in moments)
            if (moment.Moment <= range.Lo)
                _queuedAtStart[moment.GroupKey] = moment.QueueSum;
            else
                PartsOf(moment.GroupKey, grid.StartOf(moment.Moment.AddTicks(-1), range)).Fleet = moment;
    }

    public VitalsAnswer Build()
    {
        if (query.By.Count == 0 && query.Step is null)
            PartsOf([], range.Lo);
        var groups = _groups.OrderBy(group => group.Key, GroupOrder.Instance).ToArray();
        var built = new VitalsGroup[groups.Length];
        if (_points.Count < ManyPoints)
            for (var i = 0; i < groups.Length; i++)
                built[i] = Built(groups[i].Key, groups[i].Value);
        else
            Parallel.For(0, groups.Length, i => built[i] = Built(groups[i].Key, groups[i].Value));
        return new VitalsAnswer(query.App, VitalsReader.Utc(range.Lo), VitalsReader.Utc(range.Hi), (int?)query.Step?.TotalSeconds, query.Clock, built);
    }

    private VitalsGroup Built(string[] key, Dictionary<DateTime, int> points) => new(
        GroupOrder.ByOf(query.By, key),
        [.. points.OrderBy(point => point.Key).Select(point => _points[point.Value].ToPoint(
            VitalsReader.Utc(point.Key), query.QueueThreshold, QueuedBefore(key, points, point.Key), CompletenessOf(point.Key)))]);

    /// <summary>What waited at the end of the point before, which is the start of this one.</summary>
    private long? QueuedBefore(string[] key, Dictionary<DateTime, int> points, DateTime at)
    {
        if (!AsksGrowth)
            return null;
        if (at <= range.Lo)
            return _queuedAtStart.TryGetValue(key, out var queued) ? queued : null;
        return points.TryGetValue(grid.StartOf(at.AddTicks(-1), range), out var before) ? _points[before].Fleet?.QueueSum : null;
    }

    /// <summary>Snapshots know the event clock, and nothing that is narrower than their distance.</summary>
    private bool AsksGrowth =>
        query.Parts.HasFlag(VitalsParts.Written) && query.Clock == VitalsClock.Event && !(query.Step < FleetSnapshotLoop.Interval);

    private double? CompletenessOf(DateTime at) =>
        query.Clock == VitalsClock.Arrival && query.Parts.HasFlag(VitalsParts.Completeness) ? 1 : _lag?.Completeness(at < range.Lo ? range.Lo : at, grid.EndOf(at, range), _now);

    /// <summary>The devices of a point are known wholly or not at all: a part of them would pass for all of them, and those nobody asked for for none.</summary>
    private bool KnowsDevices(DateTime at) => query.Parts.HasFlag(VitalsParts.Devices) && (range.DevicesFrom is not { } from || (at < range.Lo ? range.Lo : at) >= from);

    private ref PointParts PartsOf(string[] key, DateTime at)
    {
        if (!_groups.TryGetValue(key, out var points))
            _groups.Add(key, points = []);
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(points, at, out var isKnown);
        if (!isKnown)
            place = _points.Add(new PointParts { Devices = KnowsDevices(at) ? 0 : null });
        return ref _points[place];
    }
}
