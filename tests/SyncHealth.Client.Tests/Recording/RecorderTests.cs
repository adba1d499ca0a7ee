using SyncHealth.Client.Diagnostics;
using SyncHealth.Client.Recording;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Recording;

public sealed class RecorderTests
{
    private readonly DropCounter _drops = new();

    [Fact]
    public void Record_BufferFull_DropsNewestAndCountsIt()
    {
        var recorder = new Recorder(Some.Clock(), _drops, Some.Resource);

        for (var i = 0; i < Recorder.BufferedEvents + 3; i++)
            recorder.Record(new EventRecord(SyncType.Delta) { Pushed = i });

        Assert.Equal(3, _drops.Take()[DropReasons.BufferFull]);
        Assert.True(recorder.Items.TryRead(out var first));
        Assert.Equal(0, first.Event!.Pushed);
    }

    [Fact]
    public void Record_ResourceChangedLater_KeepsTheResourceOfItsMoment()
    {
        var recorder = new Recorder(Some.Clock(), _drops, Some.Resource);

        recorder.Record(new EventRecord(SyncType.Delta));
        recorder.Change(_ => Some.Resource with { AppVersion = "3.0" });

        Assert.True(recorder.Items.TryRead(out var item));
        Assert.Equal("2.4.1", item.Event!.Resource!.AppVersion);
    }

    [Fact]
    public async Task CommittedAsync_AfterCompletion_IsFalse()
    {
        var recorder = new Recorder(Some.Clock(), _drops, Some.Resource);
        recorder.Complete();

        Assert.False(await recorder.CommittedAsync(CancellationToken.None));
    }
}
