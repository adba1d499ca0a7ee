namespace SyncHealth.Alerting.Receivers.Slack;

/// <summary>One message a second with short bursts, on the wall clock: the vendor's seconds are real ones, however fast the demo's clock runs.</summary>
internal sealed class RateBucket(TimeProvider wallClock)
{
    /// <summary>Messages that may come at once.</summary>
    private const double Burst = 5;

    /// <summary>Messages a second after that.</summary>
    private const double PerSecond = 1;

    private double _allowance = Burst;
    private long _allowedAt = wallClock.GetTimestamp();

    /// <summary>Null when a message may come now, else the whole seconds to wait.</summary>
    public int? Take()
    {
        var now = wallClock.GetTimestamp();
        _allowance = Math.Min(Burst, _allowance + (wallClock.GetElapsedTime(_allowedAt, now).TotalSeconds * PerSecond));
        _allowedAt = now;
        if (_allowance < 1)
            return (int)Math.Ceiling((1 - _allowance) / PerSecond);
        _allowance--;
        return null;
    }
}
