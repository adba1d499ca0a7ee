using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests;

public sealed class OptOutTests : IDisposable
{
    private readonly FakeIngest _ingest = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task OptOutAsync_EventsQueued_DeletesThemAndTheIdentityAndRecordsNoMore()
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath));
        Record(telemetry, 3);
        Assert.True(await telemetry.FlushToDiskAsync());
        var device = telemetry.Status.DeviceId;
        Record(telemetry, 2);

        Assert.True(await telemetry.OptOutAsync());
        Record(telemetry, 4);

        Assert.True(await telemetry.FlushAsync());
        Assert.Empty(_ingest.Batches);
        Assert.NotEqual(device, telemetry.Status.DeviceId);
        Assert.Equal((0, 0), (telemetry.Status.Queued, telemetry.Status.Dropped.Count));
    }

    [Fact]
    public async Task OptIn_AfterOptOut_RecordsAsANewInstallAndTheBooksBalance()
    {
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath));
        Record(telemetry, 3);
        Assert.True(await telemetry.OptOutAsync());
        telemetry.OptIn();
        Record(telemetry, 2);

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal(2, _ingest.Events.Count);
        Assert.Equal(telemetry.Status.DeviceId, _ingest.Batches[0].Body.GetProperty("resource").GetProperty("deviceId").GetString());
        Assert.Equal(telemetry.Status.Issued, telemetry.Status.Sent);
    }

    [Fact]
    public async Task OptOutAsync_WhileABatchIsOnTheWire_ItsAnswerBooksNothing()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ingest.Respond = _ =>
        {
            asked.TrySetResult();
            answer.Task.GetAwaiter().GetResult();
            return null;
        };
        await using var telemetry = SyncTelemetry.Create(Some.Options(_ingest, _folder.FullPath));
        Record(telemetry, 3);
        var flush = telemetry.FlushAsync();
        await asked.Task;

        Assert.True(await telemetry.OptOutAsync());
        telemetry.OptIn();
        Record(telemetry, 5);
        Assert.True(await telemetry.FlushToDiskAsync());
        answer.SetResult();
        await flush;

        Assert.True(await telemetry.FlushAsync());
        Assert.Equal(8, _ingest.Events.Count);
        Assert.Equal((0, 0), (telemetry.Status.Queued, telemetry.Status.Dropped.Count));
        Assert.Equal(telemetry.Status.Issued, telemetry.Status.Sent);
    }

    private static void Record(SyncTelemetry telemetry, int count)
    {
        for (var i = 0; i < count; i++)
            telemetry.StartSync(SyncType.Delta).Succeed();
    }
}
