using SyncHealth.Client;
using SyncHealth.Contracts;

namespace SyncHealth.Benchmarks.Sdk;

/// <summary>Attempts as an app has them, minutes apart: mostly small and good, some retried, failed or with a conflict. Seeded.</summary>
internal sealed class SampleLife(int seed, LifeClock clock)
{
    /// <summary>Twenty thousand attempts stay within the 30 days that a queue keeps.</summary>
    private static readonly TimeSpan MeanGap = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan MedianDuration = TimeSpan.FromMilliseconds(650);

    /// <summary>Of the logarithm: nine of ten syncs take between a quarter and four times the median.</summary>
    private const double DurationSpread = 0.85;

    private readonly Random _random = new(seed);

    public void Record(SyncTelemetry telemetry)
    {
        clock.Pass(MeanGap * -Math.Log(1 - _random.NextDouble()));
        using var attempt = telemetry.StartSync(SyncType.Delta, _random.Next(3) == 0 ? SyncTrigger.LocalWrite : SyncTrigger.Foreground);
        clock.Pass(MedianDuration * Math.Exp(DurationSpread * Normal()));
        attempt.On(_random.Next(3) == 0 ? SyncNetwork.Cellular : SyncNetwork.Wifi, metered: false).Queue(_random.Next(4)).Direction(SyncDirection.Both);
        if (_random.Next(20) == 0)
        {
            attempt.Retried().Fail(SyncErrorKind.Timeout, "http_504");
            return;
        }

        attempt.Pushed(_random.Next(4)).Pulled(_random.Next(12)).Bytes(_random.Next(200, 2_000), _random.Next(300, 9_000));
        if (_random.Next(50) == 0)
            attempt.Conflict("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, discarded: 1);
        attempt.Succeed();
    }

    // Box and Muller, 1958.
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
