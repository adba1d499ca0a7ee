using System.Net;
using System.Text;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncServer.Tests.Support;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Endpoints;

/// <summary>Bodies behind gzip: what it is not, and what is more than it may be, is refused and costs no memory.</summary>
public sealed class PackedRequestTests
{
    private const int Bomb = 40_000_000;

    [Fact]
    public async Task Push_Packed_IsTaken()
    {
        await using var notes = await NotesClient.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await notes.PushPackedAsync(Gzip.Pack("""{"operations":[{"kind":"insert","id":"n","title":"packed","body":"","editedAt":1,"baseVersion":0}]}"""u8)));

        Assert.Equal("packed", Assert.Single((await notes.PullAsync(null)).Changes).Title);
    }

    [Fact]
    public async Task Push_NoGzipOrABomb_IsRefused()
    {
        await using var notes = await NotesClient.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await notes.PushPackedAsync("plain"u8.ToArray()));
        Assert.Equal(HttpStatusCode.BadRequest, await notes.PushPackedAsync(Gzip.Pack(Encoding.ASCII.GetBytes(new string(' ', Bomb)))));
        Assert.Equal(HttpStatusCode.BadRequest, await notes.PushPackedAsync([1], encoding: "br"));
    }
}
