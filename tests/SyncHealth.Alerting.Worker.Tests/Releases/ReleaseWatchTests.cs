using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Releases;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Releases;

/// <summary>PagerDuty hears of each release once its first hundred devices are in traffic.</summary>
public sealed class ReleaseWatchTests : IAsyncLifetime
{
    private readonly FaultHandler _faults = new();
    private AlertingStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await AlertingStage.CreateAsync();
        await _stage.RestartAsync(options => options.CreateHandler = () => _faults);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task HundredDevices_AreToldOnceAndOneLessIsNot()
    {
        await _stage.SyncAsync(ReleaseWatch.EnoughDevices - 1);
        await RunAsync();
        Assert.Empty(_stage.Received.PagerDuty.Changes);

        await _stage.SyncAsync(ReleaseWatch.EnoughDevices);
        await RunAsync();
        await _stage.SyncAsync(2 * ReleaseWatch.EnoughDevices);
        await RunAsync();

        Assert.Equal(("notes 2.4.1 is in traffic: 100 devices", "notes"), Assert.Single(_stage.Received.PagerDuty.Changes) is var change ? (change.Summary, change.Source) : default);
        Assert.Empty(_stage.Received.Rejections);
        Assert.Empty(_stage.Received.PagerDuty.Incidents);
    }

    [Fact]
    public async Task InTrafficForLong_IsNoNews()
    {
        await _stage.SyncAsync(1);
        _stage.Clock.Advance(TimeSpan.FromHours(25));
        await _stage.SyncAsync(ReleaseWatch.EnoughDevices);
        await RunAsync();

        Assert.Empty(_stage.Received.PagerDuty.Changes);
    }

    [Fact]
    public async Task ReceiverDown_IsToldWhenItIsBack()
    {
        await _stage.SyncAsync(ReleaseWatch.EnoughDevices);
        _faults.After = (_, _) => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        await RunAsync();
        _faults.After = null;
        _stage.Wall.Advance(TimeSpan.FromMinutes(5));
        await RunAsync();

        Assert.Equal(2, _faults.Sent);
        Assert.Equal(2, _stage.Received.PagerDuty.Changes.Count);   // the fake had taken the first before it failed: change events have no key
    }

    [Fact]
    public async Task TwoWorkers_TellOnce()
    {
        await using var other = _stage.StartWorker();
        await _stage.SyncAsync(ReleaseWatch.EnoughDevices);
        await Task.WhenAll(RunAsync(), other.GetRequiredService<ReleaseWatch>().RunAsync(CancellationToken.None));

        Assert.Single(_stage.Received.PagerDuty.Changes);
    }

    [Fact]
    public async Task NoPagerDuty_NotesAndTellsNobody()
    {
        await _stage.RestartAsync(options => options.Receivers.RemoveAt(0));
        await _stage.SyncAsync(ReleaseWatch.EnoughDevices);
        await RunAsync();
        await _stage.RestartAsync();
        await RunAsync();

        Assert.Empty(_stage.Received.PagerDuty.Changes);
    }

    private Task RunAsync() => _stage.Worker.GetRequiredService<ReleaseWatch>().RunAsync(CancellationToken.None);
}
