namespace SyncHealth.Storage.Fold;

/// <summary>Adds the sums of a fold up to margins: counts by one dimension alone.</summary>
internal sealed class MarginSums
{
    private const int MinutesOfFive = 5;

    private readonly Dictionary<MarginName, int> _numbers = [];
    private readonly List<MarginName> _names = [];

    public RollupRows FiveMinutes { get; } = new();

    public RollupRows Hours { get; } = new();

    public RollupRows Days { get; } = new();

    /// <summary>The margin that a number in the key of a row stands for.</summary>
    public MarginName NameOf(int number) => _names[number];

    /// <summary>Adds what was summed by segment; the values of every segment are known.</summary>
    public void Add(CoreSums sums, IReadOnlyDictionary<int, SegmentValues> cores, IReadOnlyDictionary<int, SegmentValues> segments)
    {
        foreach (var (dimension, valueOf) in CoreDimensions)
        {
            sums.Minutes.AddTo(FiveMinutes, key => KeyOf(cores[key.Id], dimension, valueOf, FloorToFive(key.At)));
            sums.Hours.AddTo(Hours, key => KeyOf(cores[key.Id], dimension, valueOf, key.At));
        }

        foreach (var (dimension, valueOf) in FineDimensions)
            sums.FineHours.AddTo(Hours, key => KeyOf(segments[key.Id], dimension, valueOf, key.At));
        Hours.AddTo(Days, key => key with { At = key.At.Date });
    }

    private static readonly (string Dimension, Func<SegmentValues, string> ValueOf)[] CoreDimensions =
        [("app_version", values => values.First), ("os", values => values.Second), ("network", values => values.Third)];

    private static readonly (string Dimension, Func<SegmentValues, string> ValueOf)[] FineDimensions =
        [("os_version", values => values.First), ("type", values => values.Second), ("trigger", values => values.Third)];

    private RollupKey KeyOf(SegmentValues segment, string dimension, Func<SegmentValues, string> valueOf, DateTime at)
    {
        var name = new MarginName(segment.AppId, dimension, segment.Environment, valueOf(segment));
        if (!_numbers.TryGetValue(name, out var number))
        {
            number = _names.Count;
            _numbers.Add(name, number);
            _names.Add(name);
        }

        return new RollupKey(number, 0, at, 0);
    }

    private static DateTime FloorToFive(DateTime at) => at.AddTicks(-(at.Ticks % (MinutesOfFive * TimeSpan.TicksPerMinute)));
}
