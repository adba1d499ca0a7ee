using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Alerting.Messages;
using Xunit;

namespace SyncHealth.Alerting.Tests.Messages;

public sealed class PlainTextTests
{
    [Fact]
    public void Line_ControlCharacters_BecomeSpaces() => Assert.Equal("a  b c", PlainText.Line("a\r\nb\0c", 20));

    [Fact]
    public void Line_TooLong_IsCutBeforeASurrogatePair() => Assert.Equal("ab…", PlainText.Line("ab😀cd", 4));

    [Fact]
    public void Line_AnyText_IsOneValidLineOfTheLengthAsked() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), Gen.Choose(1, 20).ToArbitrary(), (text, max) =>
        {
            var line = PlainText.Line(text ?? "", max);
            return line.Length <= max && !line.Any(char.IsControl) && line.EnumerateRunes().All(rune => rune.Value != 0xFFFD || (text ?? "").Length > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
}
