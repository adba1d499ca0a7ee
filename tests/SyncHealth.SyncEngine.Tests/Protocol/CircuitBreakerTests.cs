using System.Net;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.SyncEngine.Triggers;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Protocol;

public sealed class CircuitBreakerTests
{
    private readonly EngineOptions _options = new() { BreakAfter = 3, FirstOpen = TimeSpan.FromMinutes(1), LongestOpen = TimeSpan.FromMinutes(10) };
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(_options, new Random(1));

    [Fact]
    public void Failed_OftenInARow_OpensForLongerEachTime()
    {
        Fail(2);
        Assert.True(_breaker.IsClosed);
        Assert.Null(_breaker.OpenUntil(Some.Start));

        foreach (var minutes in new[] { 1, 2, 4, 8, 10, 10 })
        {
            Fail(1);
            var open = _breaker.OpenUntil(Some.Start) - Some.Start;
            Assert.InRange(open!.Value.TotalMinutes, minutes / 2.0, minutes);
            Assert.Null(_breaker.OpenUntil(Some.Start + open.Value));
            Assert.False(_breaker.IsClosed);
        }
    }

    [Fact]
    public void Answered_Closes_AndTheCountBeginsAnew()
    {
        Fail(5);
        _breaker.Answered();
        Assert.True(_breaker.IsClosed);
        Assert.Null(_breaker.OpenUntil(Some.Start));

        Fail(2);
        Assert.True(_breaker.IsClosed);
        Fail(1);
        Assert.InRange((_breaker.OpenUntil(Some.Start) - Some.Start)!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void OpenUntil_TheClockWasSetBack_IsNoLonger()
    {
        Fail(3);

        Assert.Null(_breaker.OpenUntil(Some.Start.AddYears(-1)));
    }

    /// <summary>Half open: a sync that a person asks for tries once, and no retry follows.</summary>
    [Fact]
    public async Task Sync_WhileItIsOpen_TriesOnceAndSuccessClosesIt()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => (options.BreakAfter, options.MaxRetries) = (4, 3));
        Refuse(phone, 5);
        Assert.Equal(3, (await phone.SyncAsync()).Retries);
        Assert.Equal(4, phone.Network.Requests);

        Assert.Equal((SyncOutcome.Failure, 0), (await phone.SyncAsync()) is var probe ? (probe.Outcome, probe.Retries) : default);
        Assert.Equal(5, phone.Network.Requests);

        Assert.Equal(SyncOutcome.Success, (await phone.SyncAsync()).Outcome);
        Refuse(phone, 1);
        Assert.Equal((SyncOutcome.Success, 1), (await phone.SyncAsync()) is var mended ? (mended.Outcome, mended.Retries) : default);
    }

    [Fact]
    public async Task Run_WhileItIsOpen_StartsNothingButForAReturningNetwork()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => (options.BreakAfter, options.MaxRetries, options.FirstOpen) = (1, 0, TimeSpan.FromMinutes(10)));
        Refuse(phone, 1);
        await phone.SyncAsync();
        await using var run = new EngineRun(phone);
        phone.Engine.Notes.Create("waits", "");
        while (phone.Engine.Status().Next.Deferral != Deferrals.CircuitOpen)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(1, phone.Network.Requests);
        Assert.Equal(SyncTrigger.Retry, phone.Engine.Status().Next.Trigger);
        phone.Engine.Reconnected();
        var result = await run.NextAsync(server, TimeSpan.Zero);

        Assert.Equal((SyncTrigger.Reconnect, SyncOutcome.Success, 1), (result.Trigger, result.Outcome, result.Pushed));
        Assert.Equal("circuit_open 1", Assert.Single(await phone.ReportedDeferralsAsync()));
    }

    private void Fail(int times)
    {
        for (var time = 0; time < times; time++)
            _breaker.Failed(Some.Start);
    }

    private static void Refuse(TestDevice phone, int times)
    {
        for (var time = 0; time < times; time++)
            phone.Network.Refusals.Enqueue(HttpStatusCode.ServiceUnavailable);
    }
}
