using System.Globalization;
using SyncHealth.Fleet;
using SyncHealth.Host.Roles;

namespace SyncHealth.Host.Demo;

/// <summary>Runs a fleet and tells a person how it is doing.</summary>
internal sealed class FleetDriver(Progress progress)
{
    public const string DefaultScenario = "steady";

    /// <summary>Real time between two lines about a running fleet: enough to see that it lives, few enough to read.</summary>
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    private long _lastLine = TimeProvider.System.GetTimestamp();

    /// <summary>Runs until stopped; what the devices still hold is sent before it returns.</summary>
    /// <param name="order">The fleet.</param>
    /// <param name="notes">Address of the server that it syncs against.</param>
    /// <param name="dataFolder">Folder of the devices' databases.</param>
    /// <param name="clock">The fleet's clock.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<FleetSummary> RunAsync(FleetOrder order, Uri notes, string dataFolder, TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = new FleetOptions
        {
            Endpoint = order.Ingest,
            Key = order.Key,
            NotesEndpoint = new Uri(notes, Platform.NotesPath),
            Devices = order.Devices,
            Scenario = order.Scenario,
            Seed = order.Seed,
            DataFolder = dataFolder,
        };
        return FleetRunner.RunAsync(options, clock, new SynchronousProgress(Report), cancellationToken);
    }

    /// <summary>The fleet's own account of its telemetry: everything issued is sent, dropped and reported, or still queued.</summary>
    public void Summarise(FleetSummary summary) => progress.Say(string.Create(
        CultureInfo.InvariantCulture,
        $"Fleet: {summary.Devices} devices, {summary.Total.Attempts} sync attempts in {summary.Elapsed.TotalHours:0.0} h of its time; telemetry: {summary.Telemetry.Issued} issued, {summary.Telemetry.Acknowledged} acknowledged, {summary.Telemetry.Dropped} dropped, {summary.Telemetry.Waiting} still queued."));

    private void Report(FleetProgress state)
    {
        if (TimeProvider.System.GetElapsedTime(_lastLine) < LineInterval)
            return;
        _lastLine = TimeProvider.System.GetTimestamp();
        progress.Step(string.Create(
            CultureInfo.InvariantCulture,
            $"Fleet at {state.Elapsed:h\\:mm} h: {state.DevicesStarted} devices, {state.Attempts} sync attempts, {100.0 * state.Successes / Math.Max(1, state.Attempts):0.0} % successful"));
    }

    /// <summary>Reports where it stands; <see cref="Progress{T}"/> would hop to the thread pool and lose the order.</summary>
    private sealed class SynchronousProgress(Action<FleetProgress> report) : IProgress<FleetProgress>
    {
        public void Report(FleetProgress value) => report(value);
    }
}
