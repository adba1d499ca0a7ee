using System.IO.Compression;
using System.Text;
using SyncHealth.Client.Queue;
using SyncHealth.Client.Recording;
using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Sending;

public sealed class BatchBodyTests
{
    private static readonly QueuedBatch Batch = new(1, "key", 1, 2, 1, 0)
    {
        Resource = Encoding.UTF8.GetBytes("""{"app":"notes"}"""),
        Events = [new QueuedEvent(Encoding.UTF8.GetBytes("""{"id":"a"}"""), 1880), new QueuedEvent(Encoding.UTF8.GetBytes("""{"id":"b"}"""), null)],
        Dropped = [new("queue_full", 12)],
    };

    [Fact]
    public void Write_Batch_IsTheContractsBody() => Assert.Equal(
        """{"sentAt":"2026-11-22T08:00:00.000Z","resource":{"app":"notes"},"events":[{"id":"a","ageMs":1880},{"id":"b"}],"dropped":[{"reason":"queue_full","count":12}]}""",
        Text(BatchBody.Write(Batch, Some.Now)));

    [Fact]
    public void Write_NothingDropped_LeavesItOut() =>
        Assert.EndsWith("]}", Text(BatchBody.Write(Batch with { Dropped = [] }, Some.Now)), StringComparison.Ordinal);

    [Fact]
    public void Write_LossInDoubt_SaysItsNameAndWhereItsEventsWouldBe() => Assert.EndsWith(
        """
        "dropped":[{"reason":"queue_full","count":12,"report":"r","firstSeq":3,"lastSeq":14,"firstAt":1000,"lastAt":2000},{"reason":"expired","count":1,"report":"s"}]}
        """,
        Text(BatchBody.Write(Batch with { Dropped = [new("queue_full", 12) { Report = "r", Doubt = new DoubtfulRange(3, 14, 1000, 2000) }, new("expired", 1) { Report = "s" }] }, Some.Now)),
        StringComparison.Ordinal);

    [Fact]
    public void Compress_Body_ReadsBackTheSame()
    {
        var body = BatchBody.Write(Batch, Some.Now);
        using var gzip = new GZipStream(new MemoryStream(BatchBody.Compress(body)), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);

        Assert.Equal(Text(body), reader.ReadToEnd());
    }

    private static string Text(ByteBuffer buffer) => Encoding.UTF8.GetString(buffer.Written);
}
