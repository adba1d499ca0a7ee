using SyncHealth.Host.Configuration;
using Xunit;

namespace SyncHealth.Host.Tests.Configuration;

public sealed class SettingsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".json");

    [Fact]
    public void Text_FromTheFile_IsRead()
    {
        var settings = Write("""{ "Alerting": { "Interval": "2s" } }""");
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Span("Alerting:Interval", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Text_FromTheEnvironment_WinsOverTheFile()
    {
        // A key of this test's own, because the environment belongs to the whole process.
        Environment.SetEnvironmentVariable("SYNCHEALTH__SettingsTests__Key", "environment");
        Assert.Equal("environment", Write("""{ "SettingsTests": { "Key": "file" } }""").Text("SettingsTests:Key"));
    }

    [Fact]
    public void Span_OutsideItsBounds_NamesTheKeyToSet()
    {
        var settings = Write("""{ "Alerting": { "Interval": "100ms" } }""");
        var failure = Assert.Throws<StartupException>(() => settings.Span("Alerting:Interval", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)));
        Assert.Equal(ExitCodes.Configuration, failure.ExitCode);
        Assert.Contains("SYNCHEALTH__Alerting__Interval is '100ms'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("from 1s to 1h", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flag_ThatIsNoFlag_NamesTheKeyToSet()
    {
        var failure = Assert.Throws<StartupException>(() => Write("""{ "A": { "B": "yes please" } }""").Flag("A:B", false));
        Assert.Contains("SYNCHEALTH__A__B", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Number_ThatIsNoNumber_NamesTheKeyToSet()
    {
        var failure = Assert.Throws<StartupException>(() => Write("""{ "A": { "B": "many" } }""").Number("A:B", 1, 1, 9));
        Assert.Contains("a whole number from 1 to 9", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAFileThatIsNotJson_NamesTheFile()
    {
        var failure = Assert.Throws<StartupException>(() => Write("{ \"Alerting\": "));
        Assert.Equal(ExitCodes.Configuration, failure.ExitCode);
        Assert.Contains(_path, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);

    private Settings Write(string json)
    {
        File.WriteAllText(_path, json);
        return Settings.Load(_path);
    }
}
