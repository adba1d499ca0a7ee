using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests;

public sealed class LocalSinkTests
{
    [Fact]
    public async Task InMemorySink_AfterFlush_HoldsTheEventsInOrder()
    {
        using var sink = new InMemorySink();
        await using var telemetry = SyncTelemetry.Create(sink.Options());
        telemetry.StartSync(SyncType.Push, SyncTrigger.User).Pushed(3).Succeed();
        telemetry.Opened(4, null);

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal(["push", "open"], sink.Events.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal(3, sink.Events[0].GetProperty("pushed").GetInt32());
    }

    [Fact]
    public async Task ConsoleSink_Event_IsALine()
    {
        using var output = new StringWriter();
        using var sink = new ConsoleSink(output);
        await using var telemetry = SyncTelemetry.Create(sink.Options());
        telemetry.StartSync(SyncType.Delta).Fail(SyncErrorKind.Offline);

        Assert.True(await telemetry.FlushAsync());
        var line = Assert.Single(output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("sync {\"id\":", line, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"offline\"", line, StringComparison.Ordinal);
    }
}
