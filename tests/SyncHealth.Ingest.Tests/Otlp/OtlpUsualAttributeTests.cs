using SyncHealth.Ingest.Otlp;
using Xunit;

namespace SyncHealth.Ingest.Tests.Otlp;

public sealed class OtlpUsualAttributeTests
{
    public static TheoryData<string, string> Usual => new()
    {
        { "0A016B 1204 0A02C3A4", "k Text ä 0 False" },
        { "0A016B 1202 0A00", "k Text  0 False" },
        { "0A016B 1202 1001", "k Flag  0 True" },
        { "0A016B 1202 187F", "k Whole  127 False" },
        { "0A016B 1203 18AC02", "k Whole  300 False" },
        { "0A016B 120A 18FFFFFFFFFFFFFFFF7F", "k Whole  9223372036854775807 False" },
    };

    [Theory]
    [MemberData(nameof(Usual))]
    public void TryRead_UsualLayout_IsReadAndNoPartOfItIs(string hex, string expected)
    {
        var bytes = Bytes(hex);
        Assert.Equal(expected, Read(bytes));
        for (var length = 0; length < bytes.Length; length++)
            Assert.Null(Read(bytes[..length]));
        Assert.Null(Read([.. bytes, 0]));
    }

    [Theory]
    [InlineData("1202 1001 0A016B")]                        // the value first
    [InlineData("0A016B 120B 18FFFFFFFFFFFFFFFFFF01")]      // a negative number
    [InlineData("0A016B 1202 1081")]                        // a number that does not end
    [InlineData("0A016B 1204 1001 1000")]                   // two values
    [InlineData("0A01FF 1202 1001")]                        // a key that is no UTF-8
    [InlineData("0A016B 1203 0A01FF")]                      // a text that is none
    [InlineData("0A016B 1209 210000000000000000")]          // a real number
    public void TryRead_AnyOtherLayout_IsLeftToTheGeneralReader(string hex) => Assert.Null(Read(Bytes(hex)));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string? Read(byte[] message) => OtlpUsualAttribute.TryRead(message, out var key, out var value)
        ? $"{System.Text.Encoding.UTF8.GetString(key)} {value.Kind} {System.Text.Encoding.UTF8.GetString(value.Bytes)} {value.Whole} {value.Flag}"
        : null;
}
