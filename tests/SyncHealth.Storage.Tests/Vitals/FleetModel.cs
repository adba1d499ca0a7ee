namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>Queue depth and staleness as <c>docs/semantics.md</c> defines them, spelled out over a list of attempts.</summary>
internal sealed class FleetModel
{
    private static readonly TimeSpan ActiveWindow = TimeSpan.FromDays(7);

    private readonly IReadOnlyList<Standing> _active;
    private readonly DateTimeOffset _now;

    private FleetModel(IReadOnlyList<Standing> devices, DateTimeOffset now)
    {
        _active = [.. devices.Where(device => device.LastSeen > now - ActiveWindow)];
        _now = now;
        Gone = devices.Count - _active.Count;
    }

    public int Gone { get; }

    public int Devices => _active.Count;

    public double Mean => _active.Average(device => device.Queue);

    public IReadOnlyList<double> Staleness => [.. _active.Select(device => (_now - device.Success).TotalSeconds).Order()];

    public IReadOnlyList<double> PendingAges =>
        [.. _active.Where(device => device.Pending is not null).Select(device => (_now - device.Pending!.Value).TotalSeconds).Order()];

    /// <summary>By the value of one dimension of the device's last report; groups without a known device are absent.</summary>
    public static SortedDictionary<string, FleetModel> By(string dimension, IEnumerable<Attempt> attempts, DateTimeOffset now) => new(
        attempts.Where(attempt => attempt.Device is not null)
            .GroupBy(attempt => attempt.Device)
            .Select(Standing.Of)
            .GroupBy(device => device.ValueOf(dimension))
            .ToDictionary(group => group.Key, group => new FleetModel([.. group], now)),
        StringComparer.Ordinal);

    public int Over(int threshold) => _active.Count(device => device.Queue > threshold);

    public int QueueAt(decimal q) => Sorted(device => device.Queue)[(int)Math.Ceiling(q * Devices) - 1];

    private IReadOnlyList<int> Sorted(Func<Standing, int> value) => [.. _active.Select(value).Order()];

    private sealed record Standing(Attempt Last, DateTimeOffset Success)
    {
        public DateTimeOffset LastSeen => Last.At;

        public int Queue => Last.Queue;

        /// <summary>An age without anything that has it says nothing.</summary>
        public DateTimeOffset? Pending => Last.Queue > 0 ? Last.At - Last.OldestPending : null;

        public static Standing Of(IEnumerable<Attempt> attempts)
        {
            var events = attempts.ToList();
            var successes = events.SelectMany(attempt => (DateTimeOffset?[])[attempt.IsAttempt && attempt.IsSuccess ? attempt.At : null, attempt.LastSuccessAt]);
            return new Standing(
                events.MaxBy(attempt => (attempt.At, attempt.Seq ?? -1, attempt.Id))!,
                successes.Max() ?? events.Min(attempt => attempt.At));
        }

        public string ValueOf(string dimension) => dimension switch
        {
            "" => "",
            "app_version" => Last.Version,
            "os" => Last.Os,
            "network" => Last.Network,
            "os_version" => Last.OsVersion,
            "device_model" => Last.Model,
            "tag:cohort" => Last.Cohort,
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, null),
        };
    }
}
