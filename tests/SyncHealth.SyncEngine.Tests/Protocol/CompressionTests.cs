using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Protocol;

public sealed class CompressionTests
{
    private const int Length = 20_000;

    /// <summary>What repeats goes over the network as a fraction of itself, in both directions and by every way of asking; what is small goes as it is.</summary>
    [Theory]
    [InlineData(DeltaStrategy.Token)]
    [InlineData(DeltaStrategy.Timestamp)]
    [InlineData(DeltaStrategy.VersionMap)]
    public async Task LongBodies_TravelAsGzipBothWays(DeltaStrategy delta)
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = new TestDevice(server, "phone");
        await using var tablet = new TestDevice(server, "tablet", configure: options => options.Delta = delta);
        var posts = new List<(bool IsPacked, long Bytes)>();
        phone.Network.Before = request =>
        {
            if (request.Content is { Headers: var headers })
                posts.Add((headers.ContentEncoding.Contains(Gzip.Name), headers.ContentLength!.Value));
            return Task.CompletedTask;
        };
        var small = phone.Engine.Notes.Create("small", "");
        await phone.SyncAsync();
        var large = phone.Engine.Notes.Create("large", new string('x', Length));
        await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal([false, true], posts.Select(static post => post.IsPacked));
        Assert.InRange(posts[1].Bytes, 1, Length / 10);
        Assert.Equal((small.Content.Title, Length), (tablet.Engine.Notes.Find(small.Id)!.Content.Title, tablet.Engine.Notes.Find(large.Id)!.Content.Body.Length));
        Assert.True(await tablet.Telemetry.FlushAsync());
        Assert.InRange(Assert.Single(tablet.Ingest.Events).GetProperty("bytesDown").GetInt64(), 1, Length / 10);
    }

    /// <summary>What has arrived whole is unpacked by what its trailer says, and by what is in it where the two differ.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task UnpackWhole_OneMemberOrTwo_IsTheBody(int length)
    {
        var body = Enumerable.Range(1, length).Select(static value => (byte)value).ToArray();
        var packed = Gzip.Pack(body);
        Assert.Equal(body, await Gzip.UnpackAsync(packed, length, CancellationToken.None));
        Assert.Equal((byte[])[.. body, .. body], await Gzip.UnpackAsync([.. packed, .. packed], 2 * length, CancellationToken.None));
    }

    [Fact]
    public async Task UnpackWhole_NoGzipOrTooMuch_IsNull()
    {
        var packed = Gzip.Pack(new byte[101]);
        Assert.Null(await Gzip.UnpackAsync("no gzip at all, but longer"u8.ToArray(), 100, CancellationToken.None));
        Assert.Null(await Gzip.UnpackAsync("short"u8.ToArray(), 100, CancellationToken.None));
        Assert.Null(await Gzip.UnpackAsync(packed, 100, CancellationToken.None));
        Assert.Null(await Gzip.UnpackAsync([.. packed, .. packed], 201, CancellationToken.None));
        // A trailer that promises the world gets no memory for it.
        Assert.Null(await Gzip.UnpackAsync([.. packed.AsSpan(0, packed.Length - 4), 255, 255, 255, 15], 1 << 28, CancellationToken.None));
    }

    [Fact]
    public async Task Unpack_NoGzipOrTooMuch_IsNull()
    {
        Assert.Null(await Gzip.UnpackAsync(new MemoryStream("no gzip at all"u8.ToArray()), 100, CancellationToken.None));
        Assert.Null(await Gzip.UnpackAsync(new MemoryStream(Gzip.Pack(new byte[101])), 100, CancellationToken.None));
        Assert.Equal(new byte[100], await Gzip.UnpackAsync(new MemoryStream(Gzip.Pack(new byte[100])), 100, CancellationToken.None));
    }
}
