using System.Collections.Concurrent;
using SyncHealth.Fleet.Devices;
using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet;

/// <summary>Runs a fleet of simulated devices. Everything is asynchronous: devices cost memory and work, not threads.</summary>
public static class FleetRunner
{
    /// <summary>Real connections to the servers, shared by all devices: enough for hundreds of requests a second over loopback.</summary>
    private const int MaxConnections = 64;

    /// <summary>Real time in which running cycles may finish after the stop.</summary>
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(3);

    /// <summary>Real time in which the telemetry of all devices may be sent after that.</summary>
    private static readonly TimeSpan FlushWithin = TimeSpan.FromSeconds(15);

    /// <summary>Real time between two reports of progress.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the duration is over or <paramref name="cancellationToken"/> stops it; either way the telemetry is flushed and the summary returned.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="time">The fleet's clock; it may run faster than life.</param>
    /// <param name="progress">Told about once a second; may be null.</param>
    /// <param name="cancellationToken">Stops the fleet.</param>
    /// <exception cref="ArgumentException">An option is missing or wrong; the message names it.</exception>
    public static Task<FleetSummary> RunAsync(FleetOptions options, TimeProvider time, IProgress<FleetProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        return RunAsync(options, ScenarioCatalog.Find(options.Scenario), time, progress, cancellationToken);
    }

    /// <summary>The same with a scenario that need not be in the catalogue.</summary>
    internal static async Task<FleetSummary> RunAsync(
        FleetOptions options, Scenario scenario, TimeProvider time, IProgress<FleetProgress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);

        using var network = new HttpMessageInvoker(new SocketsHttpHandler { MaxConnectionsPerServer = MaxConnections, UseCookies = false });
        var fleet = new FleetEnvironment(options, scenario, time, time.GetUtcNow(), network, new FleetLedger());
        var devices = new ConcurrentBag<FleetDevice>();
        try
        {
            await LiveAsync(devices, fleet, progress, cancellationToken);
            var elapsed = fleet.Now;
            await FlushAsync(devices);
            return Summarise(devices, fleet, elapsed);
        }
        finally
        {
            await Task.WhenAll(devices.Select(device => device.DisposeAsync().AsTask()));
        }
    }

    private static async Task LiveAsync(ConcurrentBag<FleetDevice> devices, FleetEnvironment fleet, IProgress<FleetProgress>? progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (fleet.Options.Duration is { } duration)
            stop.CancelAfter(duration);
        using var abort = new CancellationTokenSource();
        using var finish = stop.Token.Register(() => abort.CancelAfter(FinishWithin));
        var lives = DeviceRoster.Create(fleet.Options.Seed, fleet.Options.Devices).Select(profile => LiveAsync(fleet.Scenario.Cast(profile), devices, fleet, stop.Token, abort.Token));
        await Task.WhenAll(lives.Append(ReportAsync(fleet, progress, stop.Token)));
    }

    /// <summary>A device is made when its app is first opened, so that a fleet starts at once and not after all its files were made.</summary>
    private static async Task LiveAsync(DeviceProfile profile, ConcurrentBag<FleetDevice> devices, FleetEnvironment fleet, CancellationToken stop, CancellationToken abort)
    {
        await fleet.WaitUntilAsync(profile.FirstOpen, stop);
        if (stop.IsCancellationRequested)
            return;
        var device = new FleetDevice(profile, fleet);
        devices.Add(device);
        await device.RunAsync(stop, abort);
    }

    private static async Task ReportAsync(FleetEnvironment fleet, IProgress<FleetProgress>? progress, CancellationToken stop)
    {
        while (progress is not null && !stop.IsCancellationRequested)
        {
            // Progress is for a person who watches: it keeps to the machine's clock.
            await Task.Delay(ProgressInterval, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var total = fleet.Ledger.Total();
            progress.Report(new FleetProgress(fleet.Now, fleet.Ledger.Started, total.Attempts, total.Successes));
        }
    }

    private static async Task FlushAsync(ConcurrentBag<FleetDevice> devices)
    {
        // A shutdown deadline bounds real resources, so it is real time.
        using var limit = new CancellationTokenSource(FlushWithin);
        Task all = Task.WhenAll(devices.Where(device => !device.IsUnheard).Select(device => device.FlushAsync(limit.Token)));
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static FleetSummary Summarise(ConcurrentBag<FleetDevice> devices, FleetEnvironment fleet, TimeSpan elapsed)
    {
        var books = devices.Select(device => device.Telemetry.Status).ToList();
        return new FleetSummary(
            fleet.Ledger.Started,
            elapsed,
            fleet.Ledger.Total(),
            fleet.Ledger.ByVersion(),
            fleet.Ledger.Opened,
            new TelemetryCount(
                books.Sum(book => book.Issued),
                books.Sum(book => book.Sent),
                books.Sum(book => book.Dropped.Values.Sum()),
                books.Sum(book => book.Queued)));
    }
}
