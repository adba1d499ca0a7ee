using System.Net;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Loop;

/// <summary>Bug 8 from its other side: what the server fails on today it may take tomorrow.</summary>
public sealed class ServerDefectTests
{
    /// <summary>A release of the server that fails on one operation, mended after some cycles: the edit was never set aside, and arrives by itself.</summary>
    [Fact]
    public async Task Push_TheServerFailsOnOneOperationForAWhile_ItIsKeptAndArrives_Replicache333()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone", configure: static options => options.MaxRetries = 0);
        var isBroken = true;
        phone.Network.Before = async request =>
        {
            if (isBroken && request.Content is { } content && (await content.ReadAsStringAsync()).Contains("poison", StringComparison.Ordinal))
                phone.Network.Refusals.Enqueue(HttpStatusCode.InternalServerError);
        };
        foreach (var title in new[] { "fine", "poison", "fine too" })
            phone.Engine.Notes.Create(title, "");

        for (var cycle = 0; cycle < 5; cycle++)
        {
            var result = await phone.SyncAsync();
            Assert.Equal((SyncOutcome.Failure, "http_500", cycle == 0 ? 2 : 0), (result.Outcome, result.ErrorCode, result.Pushed));
            Assert.Equal((1, 0), (phone.Engine.Status().Outbox.Waiting, phone.Engine.Status().Outbox.Parked));
        }

        isBroken = false;
        var mended = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 1, 0), (mended.Outcome, mended.Pushed, mended.Waiting));
    }
}
