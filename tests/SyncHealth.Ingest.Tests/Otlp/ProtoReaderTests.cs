using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Ingest.Otlp;
using SyncHealth.Ingest.Tests.Support;
using Xunit;

namespace SyncHealth.Ingest.Tests.Otlp;

public sealed class ProtoReaderTests
{
    [Fact]
    public void Next_EveryWireType_IsRead()
    {
        var reader = new ProtoReader([0x08, 0x96, 0x01, 0x11, 1, 0, 0, 0, 0, 0, 0, 0x80, 0x1A, 0x02, 7, 9, 0x25, 5, 0, 0, 0]);

        Assert.True(reader.Next());
        Assert.Equal((1, ProtoWire.Varint, 150UL), (reader.Field, reader.Wire, reader.Number));
        Assert.True(reader.Next());
        Assert.Equal((2, ProtoWire.Fixed64, 0x8000_0000_0000_0001UL), (reader.Field, reader.Wire, reader.Number));
        Assert.True(reader.Next());
        Assert.Equal((3, ProtoWire.Length), (reader.Field, reader.Wire));
        Assert.Equal([7, 9], reader.Bytes.ToArray());
        Assert.True(reader.Next());
        Assert.Equal((4, ProtoWire.Fixed32, 5UL), (reader.Field, reader.Wire, reader.Number));
        Assert.False(reader.Next());
        Assert.False(reader.IsMalformed);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("08")]
    [InlineData("08FFFFFFFFFFFFFFFFFFFFFF01")]
    [InlineData("0A05AABB")]
    [InlineData("0AFFFFFFFFFFFFFFFFFF01")]
    [InlineData("0D0000")]
    [InlineData("090000")]
    [InlineData("0B0C")]
    [InlineData("0F")]
    [InlineData("0001")]
    public void Next_BrokenMessage_EndsAndSaysSo(string hex)
    {
        var reader = new ProtoReader(Convert.FromHexString(hex));
        while (reader.Next())
            Assert.InRange(reader.Field, 1, 536_870_911);

        Assert.True(reader.IsMalformed);
        Assert.False(reader.Next());
    }

    [Fact]
    public void Next_LongestVarint_IsRead()
    {
        var reader = new ProtoReader([0x08, .. OtlpBody.Varint(ulong.MaxValue)]);

        Assert.True(reader.Next());
        Assert.Equal(ulong.MaxValue, reader.Number);
    }

    [Fact]
    public void Next_RandomBytes_EndsWithoutThrowing() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        var reader = new ProtoReader(bytes);
        var fields = 0;
        while (reader.Next())
            fields++;
        return fields <= bytes.Length;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithQuietOnSuccess(true));
}
