using System.IO.Compression;
using System.Text;
using SyncHealth.SyncEngine.Conflicts.Text.Traces;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text.Traces;

public sealed class TraceReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("traces-");

    [Fact]
    public void Read_Sequential_EachTransactionFollowsTheOneBefore()
    {
        var trace = Read("""
            {"startContent":"ab","txns":[{"time":"2021-04-19T06:06:58.219Z","patches":[[0,1,"é"],[1,0,"\ud83d\ude00"]]},{"patches":[[2,1,""]]}],"endContent":"é😀"}
            """);

        Assert.Equal(("ab", "é😀", 3), (trace.StartContent, trace.EndContent, trace.Edits));
        Assert.Equal([new TracePatch(0, 1, "é"), new TracePatch(1, 0, "😀")], trace.Transactions[0].Patches);
        Assert.Equal([[], [0]], trace.Transactions.Select(transaction => transaction.Parents));
        Assert.All(trace.Transactions, transaction => Assert.Equal(0, transaction.Agent));
    }

    [Fact]
    public void Read_Concurrent_KeepsAgentsAndParents()
    {
        var trace = Read("""
            {"kind":"concurrent","endContent":"","numAgents":2,"txns":[
              {"parents":[],"numChildren":1,"agent":0,"patches":[]},{"parents":[],"agent":1,"patches":[]},{"parents":[0,1],"agent":1,"patches":[]}]}
            """);

        Assert.Equal([[], [], [0, 1]], trace.Transactions.Select(transaction => transaction.Parents));
        Assert.Equal([0, 1, 1], trace.Transactions.Select(transaction => transaction.Agent));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("[]", "an object")]
    [InlineData("""{"endContent":"a"}""", "no txns")]
    [InlineData("""{"txns":[]}""", "no endContent")]
    [InlineData("""{"endContent":"a","txns":[""", "no JSON")]
    [InlineData("""{"endContent":3,"txns":[]}""", "text is expected")]
    [InlineData("""{"endContent":null,"txns":[]}""", "text is expected")]
    [InlineData("""{"endContent":"\ud83d","txns":[]}""", "byte 14")]
    [InlineData("""{"endContent":"","txns":[{}]}""", "transaction 0 has no patches")]
    [InlineData("""{"endContent":"","txns":[4]}""", "a transaction is expected")]
    [InlineData("""{"endContent":"","txns":[{"patches":[[0,0]]}]}""", "text is expected")]
    [InlineData("""{"endContent":"","txns":[{"patches":[[0,0,"a",1]]}]}""", "the end of a patch")]
    [InlineData("""{"endContent":"","txns":[{"patches":[[-1,0,"a"]]}]}""", "position")]
    [InlineData("""{"endContent":"","txns":[{"patches":[[0.5,0,"a"]]}]}""", "position")]
    [InlineData("""{"endContent":"","txns":[{"patches":[["0",0,"a"]]}]}""", "position")]
    [InlineData("""{"endContent":"","txns":[{"patches":[[0,9999999999,"a"]]}]}""", "deleted count")]
    [InlineData("""{"endContent":"","txns":[{"parents":[0],"patches":[]}]}""", "the first transaction can have no parent")]
    [InlineData("""{"endContent":"","txns":[{"patches":[]},{"parents":[1],"patches":[]}]}""", "parent")]
    [InlineData("""{"endContent":"","txns":[{"agent":-1,"patches":[]}]}""", "agent")]
    [InlineData("""{"endContent":"","txns":[]} {}""", "no JSON")]
    public void Read_NoTrace_SaysWhatIsWrong(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("plain.json")]
    [InlineData("small.json.gz")]
    [InlineData("small.json.br")]
    public void ReadFile_ByItsName_IsDecompressed(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        using (var file = File.Create(path))
        using (var content = Compressed(file, name))
            content.Write("""{"endContent":"x","txns":[{"patches":[[0,0,"x"]]}]}"""u8);

        Assert.Equal(1, TraceFile.Read(path).Edits);
    }

    [Theory]
    [InlineData("wrong.json.gz")]
    [InlineData("wrong.json.br")]
    public void ReadFile_NotCompressedAsNamed_SaysSo(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, """{"endContent":"x","txns":[]}""");

        Assert.ThrowsAny<InvalidDataException>(() => TraceFile.Read(path));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static EditingTrace Read(string json) => TraceReader.Read(Encoding.UTF8.GetBytes(json));

    private static Stream Compressed(Stream file, string name) => Path.GetExtension(name) switch
    {
        ".gz" => new GZipStream(file, CompressionLevel.Fastest),
        ".br" => new BrotliStream(file, CompressionLevel.Fastest),
        _ => file,
    };
}
