using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet.Devices;

/// <summary>What the devices of one run share.</summary>
/// <param name="Options">The run's options.</param>
/// <param name="Scenario">What happens.</param>
/// <param name="Time">The fleet's clock.</param>
/// <param name="Network">Sends real requests.</param>
/// <param name="Ledger">Counts what is done.</param>
internal sealed record FleetEnvironment(
    FleetOptions Options, Scenario Scenario, TimeProvider Time, HttpMessageInvoker Network, FleetLedger Ledger)
{
    private DateTimeOffset? _startedAt;

    /// <summary>Time of day at fleet time zero, UTC.</summary>
    public TimeSpan StartsAt => (_startedAt ?? Time.GetUtcNow()).TimeOfDay;

    /// <summary>Fleet time now; zero until the fleet starts.</summary>
    public TimeSpan Now => Time.GetUtcNow() - _startedAt ?? TimeSpan.Zero;

    /// <summary>Fleet time begins: after the devices were made, which on a fast clock would cost the first minutes of the scenario.</summary>
    public void Start() => _startedAt = Time.GetUtcNow();
}
