using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncServer.Store;
using Xunit;

namespace SyncHealth.SyncServer.Tests.Store;

public sealed class SyncTokenTests
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true);

    [Fact]
    public void Token_SurvivesItsText() => Prop.ForAll(
        (from position in Gen.Choose(0, int.MaxValue)
         from floor in Gen.Choose(0, int.MaxValue)
         from total in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, int.MaxValue))
         from sent in Gen.Choose(0, total)
         select new SyncToken(position, floor, sent, total)).ToArbitrary(),
        token => SyncToken.TryParse(token.ToString(), out var read) && read == token).Check(Checks);

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(), text => SyncToken.TryParse(text, out _) || !string.IsNullOrEmpty(text)).Check(Checks);

    /// <summary>Devices hold tokens of the form before progress was counted.</summary>
    [Fact]
    public void TryParse_TheOlderForm_IsRead()
    {
        Assert.True(SyncToken.TryParse(Base64Url.EncodeToString("1.40.50"u8), out var token));
        Assert.Equal(new SyncToken(40, 50), token);
        Assert.Equal(Base64Url.EncodeToString("1.40.50"u8), token.ToString());
    }

    [Theory]
    [InlineData("1.40")]
    [InlineData("1.40.50.2.3")]
    [InlineData("2.40.50")]
    [InlineData("3.40.50")]
    [InlineData("2.40.50.-1.3")]
    public void TryParse_AnythingElse_IsNot(string text) => Assert.False(SyncToken.TryParse(Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text)), out _));

    [Fact]
    public void IsServable_TokenFromBeforeARestore_IsNot() =>
        Assert.False(new SyncToken(10, 10).IsServable(head: 9, purged: 0));
}
