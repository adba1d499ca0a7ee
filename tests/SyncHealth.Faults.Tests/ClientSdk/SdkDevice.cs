using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Faults.Tests.ClientSdk;

/// <summary>One install with the real SDK behind a network of its own that follows a seed until it is healed.</summary>
internal sealed class SdkDevice : IAsyncDisposable
{
    /// <summary>Bytes within which a fault strikes: less than a request of one event, and about two answers.</summary>
    private const int Span = 400;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);
    private static readonly DeviceKeyHasher Hasher = new(new byte[32]);

    private readonly Random _random;
    private readonly FaultProxy _network;
    private readonly ReplayingHandler _recorded = new();
    private readonly HttpMessageHandler _handler;
    private readonly string _id;
    private readonly int _seed;
    private volatile bool _healed;

    /// <param name="bug">A mistake of the SDK's; null is none.</param>
    public SdkDevice(int seed, int port, SdkBug? bug = null)
    {
        _handler = bug is null ? _recorded : new SpoiledHandler(_recorded, bug);
        _seed = seed;
        _random = new Random(seed);
        _id = "sdk-" + seed;
        _network = FaultProxy.Start(port, _ => Script());
    }

    public long Key => Hasher.DeviceKey("notes", _id);

    public FaultCounters Faults => _network.Counters;

    /// <summary>Everything gets through from now on.</summary>
    public void Heal() => _healed = true;

    public Task<int> ReplayAsync(HttpClient server) => _recorded.ReplayAsync(server);

    /// <param name="folder">Where the queue lives; null keeps it in memory.</param>
    /// <param name="maxQueueBytes">What it may hold.</param>
    public SyncTelemetry Start(string? folder = null, long maxQueueBytes = 1024 * 1024) => SyncTelemetry.Create(new SyncTelemetryOptions
    {
        Endpoint = new Uri($"http://127.0.0.1:{_network.Port}/"),
        Key = IngestStage.Key,
        App = "notes",
        AppVersion = "2.4.1",
        DeviceId = _id,
        QueueInMemory = folder is null,
        QueueDirectory = folder,
        MaxQueueBytes = maxQueueBytes,
        BatchSize = 10,
        BatchInterval = TimeSpan.FromMilliseconds(500),
        RequestTimeout = TimeSpan.FromSeconds(2),
        ShutdownTimeout = TimeSpan.Zero,
        TimeProvider = new HurriedClock(),
        Handler = _handler,
        RandomSeed = _seed,
    });

    public static void Record(SyncTelemetry telemetry, int count)
    {
        for (var i = 0; i < count; i++)
            telemetry.StartSync(SyncType.Delta, SyncTrigger.Foreground).Pushed(1).Succeed();
    }

    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        await _network.DisposeAsync();
    }

    // A changed byte is no fault of this list: TLS turns it into a connection that breaks.
    private FaultScript Script()
    {
        if (_healed)
            return FaultScript.None;
        lock (_random)
            while (true)
            {
                var script = FaultScript.Random(_random, Span, LongestWait);
                if (!script.Up.Concat(script.Down).Any(step => step.Kind == FaultKind.Corrupt))
                    return script;
            }
    }
}
