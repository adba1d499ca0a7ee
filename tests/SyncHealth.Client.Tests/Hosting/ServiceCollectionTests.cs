using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Client.Hosting;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Hosting;

public sealed class ServiceCollectionTests : IDisposable
{
    private readonly FakeIngest _ingest = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AddSyncHealth_Twice_GivesOneTelemetryAndTheFirstOptions()
    {
        var services = new ServiceCollection().AddSyncHealth(Configure).AddSyncHealth(options =>
        {
            Configure(options);
            options.AppVersion = "second";
        });
        await using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<SyncTelemetry>(), provider.GetRequiredService<ISyncLogger>());
        Assert.Equal("1.0", provider.GetRequiredService<SyncTelemetry>().AppVersion);
    }

    [Fact]
    public async Task Provider_Disposed_SendsWhatIsQueued()
    {
        await using (var provider = new ServiceCollection().AddSyncHealth(Configure).BuildServiceProvider())
            provider.GetRequiredService<SyncTelemetry>().StartSync(SyncType.Delta).Succeed();

        Assert.Single(_ingest.Events);
    }

    [Fact]
    public async Task AddSyncHealth_ClockInTheContainer_IsUsed()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Some.Clock()).AddSyncHealth(Configure);
        await using (var provider = services.BuildServiceProvider())
            provider.GetRequiredService<SyncTelemetry>().Opened(0, null);

        Assert.Equal("2026-11-22T08:00:00Z", Assert.Single(_ingest.Events.Values).GetProperty("timestamp").GetString());
    }

    [Fact]
    public void AddSyncHealth_Configuration_SetsEveryOption()
    {
        SyncTelemetryOptions? seen = null;
        new ServiceCollection().AddSyncHealth(
            Configuration(
                ("Endpoint", "https://sync.example/"), ("Key", "k"), ("App", "notes"), ("AppVersion", "2"), ("Os", "ios"), ("OsVersion", "18"), ("Environment", "staging"),
                ("DeviceId", "d"), ("DeviceModel", "m"), ("UserRef", "u"), ("QueueDirectory", _folder.FullPath), ("QueueInMemory", "true"), ("MaxQueueBytes", "1000000"),
                ("MaxQueueAge", "7.00:00:00"), ("BatchSize", "50"), ("BatchInterval", "00:00:05"), ("ReplayInterval", "00:00:03"), ("RequestTimeout", "00:00:10"), ("ShutdownTimeout", "00:00:02"), ("Tags:cohort", "beta")),
            options => seen = options);

        Assert.Equal(("notes", "2", "ios", "18", "staging", "d", "m", "u"), (seen!.App, seen.AppVersion, seen.Os, seen.OsVersion, seen.Environment, seen.DeviceId, seen.DeviceModel, seen.UserRef));
        Assert.Equal((new Uri("https://sync.example/"), "k", _folder.FullPath, true), (seen.Endpoint, seen.Key, seen.QueueDirectory, seen.QueueInMemory));
        Assert.Equal((1_000_000, TimeSpan.FromDays(7), 50), (seen.MaxQueueBytes, seen.MaxQueueAge, seen.BatchSize));
        Assert.Equal((5, 3, 10, 2), (seen.BatchInterval.TotalSeconds, seen.ReplayInterval.TotalSeconds, seen.RequestTimeout.TotalSeconds, seen.ShutdownTimeout.TotalSeconds));
        Assert.Equal("beta", seen.Tags["cohort"]);
    }

    [Theory]
    [InlineData("Endpoint", "not an address")]
    [InlineData("BatchSize", "many")]
    [InlineData("BatchSize", "0")]
    [InlineData("BatchInterval", "soon")]
    [InlineData("QueueInMemory", "perhaps")]
    [InlineData("Endpiont", "https://sync.example/")]
    public void AddSyncHealth_BadValue_NamesTheConfigurationKey(string key, string value)
    {
        var configuration = Configuration(("Endpoint", "https://sync.example/"), ("Key", "k"), (key, value));

        var exception = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSyncHealth(configuration));

        Assert.StartsWith("SyncHealth:" + key + " ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddSyncHealth_NothingConfigured_NamesTheFirstKeyToSet()
    {
        var exception = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSyncHealth(Configuration()));

        Assert.StartsWith("SyncHealth:Endpoint must", exception.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (key, value) in values)
            settings["SyncHealth:" + key] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private void Configure(SyncTelemetryOptions options)
    {
        options.Endpoint = new Uri("http://ingest.test/");
        options.Key = "demo";
        options.AppVersion = "1.0";
        options.QueueInMemory = true;
        options.Handler = _ingest;
    }
}
