using SyncHealth.Fleet.Clock;
using SyncHealth.SyncEngine;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.Samples.Notes.Phones;

/// <summary>
/// A phone shows and reports the times of the shared clock, which may run many times faster than life, and waits as long as somebody who looks at it
/// would: what happens on the network inside a cycle takes real time, and what the engine waits for between cycles is stretched by the clock's speed.
/// </summary>
/// <param name="device">The phone's clock: inside a cycle it measures real time.</param>
internal sealed class PersonalPace(DeviceTimeProvider device) : ICycleClock
{
    /// <summary>Seconds of life between scheduled syncs: a quarter of an hour would be an evening for a visitor.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(45);

    /// <summary>Long enough to see that an edit waits, short enough not to wait for it.</summary>
    private static readonly TimeSpan WriteDebounce = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan WriteDebounceLimit = TimeSpan.FromSeconds(10);

    /// <summary>Bound of the first wait after a failed cycle; doubles up to the longest.</summary>
    private static readonly TimeSpan FirstRetryWait = TimeSpan.FromSeconds(5), LongestRetryWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan OpenInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ReconnectInterval = TimeSpan.FromSeconds(1);

    /// <summary>Two scheduled syncs, as the engine's default has it.</summary>
    private static readonly TimeSpan StaleAfter = 2 * Period;

    private readonly CycleClock _real = new(TimeProvider.System);

    public void Enter() => device.Enter();

    public void Leave() => device.Leave();

    public Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) => _real.WaitAsync(duration, cancellationToken);

    public Deadline Deadline(TimeSpan limit, CancellationToken cancellationToken) => _real.Deadline(limit, cancellationToken);

    /// <summary>Sets every wait between cycles for a speed of the shared clock.</summary>
    public static void Set(EngineOptions options, double speed)
    {
        options.StaleAfter = StaleAfter * speed;
        (options.FirstOpen, options.LongestOpen) = (FirstRetryWait * speed, LongestRetryWait * speed);
        Set(options.Triggers, speed);
    }

    private static void Set(TriggerOptions triggers, double speed)
    {
        // Somebody looks at it: the schedule waits for no charger.
        triggers.Constraints = SyncConstraints.None;
        triggers.Period = Period * speed;
        triggers.WriteDebounce = WriteDebounce * speed;
        triggers.WriteDebounceLimit = WriteDebounceLimit * speed;
        triggers.FirstRetryWait = FirstRetryWait * speed;
        triggers.LongestRetryWait = LongestRetryWait * speed;
        triggers.OpenInterval = triggers.ForegroundInterval = OpenInterval * speed;
        triggers.ReconnectInterval = ReconnectInterval * speed;
    }
}
