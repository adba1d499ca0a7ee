using SyncHealth.Dashboard.Health;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Roles;
using Xunit;

namespace SyncHealth.Host.Tests.Roles;

public sealed class BandSettingsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".json");

    [Fact]
    public void Read_Nothing_IsTheDefaults()
    {
        var settings = Write("{}");

        Assert.Equal(new VitalBands().SuccessRate, BandSettings.Read(settings).SuccessRate);
        Assert.Empty(BandSettings.ReadApps(settings));
    }

    [Fact]
    public void ReadApps_AppWithSomeLimits_HasTheRestAsEveryApp()
    {
        var settings = Write("""
            { "Dashboard": {
                "Bands": { "Duration": { "Target": "5s", "Critical": "20s" } },
                "Apps": { "field-app": { "Bands": { "SuccessRate": { "Target": "99.5", "Critical": "98" }, "Staleness": { "Target": "10m" } } } } } }
            """);

        var bands = Assert.Single(BandSettings.ReadApps(settings));

        Assert.Equal("field-app", bands.Key);
        Assert.Equal(new BandLimits(99.5, 98), bands.Value.SuccessRate);
        Assert.Equal(new BandLimits(5_000, 20_000), bands.Value.Duration);
        Assert.Equal(new BandLimits(600, 24 * 3600), bands.Value.Staleness);
        Assert.Equal(new VitalBands().QueueDepth, bands.Value.QueueDepth);
        Assert.Equal(new BandLimits(5_000, 20_000), BandSettings.Read(settings).Duration);
        Assert.Equal(new VitalBands().SuccessRate, BandSettings.Read(settings).SuccessRate);
    }

    [Theory]
    [InlineData("SuccessRate", "Target", "101", "SYNCHEALTH__Dashboard__Bands__SuccessRate__Target is '101'; set it to a number from 0 to 100.")]
    [InlineData("SuccessRate", "Critical", "96", "SYNCHEALTH__Dashboard__Bands__SuccessRate__Critical is '96'; set it to a value below that of Dashboard__Bands__SuccessRate__Target.")]
    [InlineData("SuccessRate", "Critical", "95", "SYNCHEALTH__Dashboard__Bands__SuccessRate__Critical is '95'; set it to a value below that of Dashboard__Bands__SuccessRate__Target.")]
    [InlineData("QueueDepth", "Target", "5000", "SYNCHEALTH__Dashboard__Bands__QueueDepth__Critical is 'not set'; set it to a value above that of Dashboard__Bands__QueueDepth__Target.")]
    [InlineData("Duration", "Target", "soon", "SYNCHEALTH__Dashboard__Bands__Duration__Target is 'soon'; set it to a duration from 1ms to 1d, such as 15s or 2m.")]
    [InlineData("ConflictRate", "Target", "NaN", "SYNCHEALTH__Dashboard__Bands__ConflictRate__Target is 'NaN'; set it to a number from 0 to 1000000.")]
    public void Read_ValueThatCannotBe_NamesTheKeyToSet(string sign, string limit, string value, string message)
    {
        var settings = Write($$"""{ "Dashboard": { "Bands": { "{{sign}}": { "{{limit}}": "{{value}}" } } } }""");

        var failure = Assert.Throws<StartupException>(() => BandSettings.Read(settings));

        Assert.Equal(ExitCodes.Configuration, failure.ExitCode);
        Assert.Equal(message, failure.Message);
    }

    public void Dispose() => File.Delete(_path);

    private Settings Write(string json)
    {
        File.WriteAllText(_path, json);
        return Settings.Load(_path);
    }
}
