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
        (from position in Gen.Choose(0, int.MaxValue) from floor in Gen.Choose(0, int.MaxValue) select new SyncToken(position, floor)).ToArbitrary(),
        token => SyncToken.TryParse(token.ToString(), out var read) && read == token).Check(Checks);

    [Fact]
    public void TryParse_AnyText_NeverThrows() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(), text => SyncToken.TryParse(text, out _) || !string.IsNullOrEmpty(text)).Check(Checks);

    [Fact]
    public void IsServable_TokenFromBeforeARestore_IsNot() =>
        Assert.False(new SyncToken(10, 10).IsServable(head: 9, purged: 0));
}
