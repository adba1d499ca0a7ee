using System.Text;
using SyncHealth.Ingest.Intake;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

public sealed class XxHash64Tests
{
    /// <summary>Vectors of the published algorithm: identities in a database outlive the program that hashed them.</summary>
    [Theory]
    [InlineData("", 0UL, 0xEF46DB3751D8E999UL)]
    [InlineData("a", 0UL, 0xD24EC4F1A98C6E5BUL)]
    [InlineData("abc", 0UL, 0x44BC2CF5AD770999UL)]
    [InlineData("message digest", 0UL, 0x066ED728FCEEB3BEUL)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 0UL, 0xCFE1F278FA89835CUL)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 0UL, 0xAAA46907D3047814UL)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", 0UL, 0xE04A477F19EE145DUL)]
    public void Hash_PublishedVector_Agrees(string text, ulong seed, ulong expected) =>
        Assert.Equal(expected, (ulong)XxHash64.Hash(Encoding.ASCII.GetBytes(text), seed));
}
