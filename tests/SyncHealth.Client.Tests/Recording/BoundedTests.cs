using SyncHealth.Client.Recording;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Recording;

public sealed class BoundedTests
{
    [Fact]
    public void Text_AtTheLimit_Stays() =>
        Assert.Equal(EventLimits.MaxStringLength, Bounded.Text(new string('x', EventLimits.MaxStringLength))!.Length);

    [Fact]
    public void Text_LongerThanTheLimit_IsCut() =>
        Assert.Equal(EventLimits.MaxStringLength, Bounded.Text(new string('x', 5000))!.Length);

    [Fact]
    public void Text_CutInsideASurrogatePair_LosesTheWholeCharacter()
    {
        var text = Bounded.Text(new string('x', EventLimits.MaxStringLength - 1) + "😀")!;

        Assert.Equal(EventLimits.MaxStringLength - 1, text.Length);
        Assert.DoesNotContain(text, char.IsSurrogate);
    }

    [Fact]
    public void Count_Negative_IsNothing() => Assert.Equal(0, Bounded.Count(-5));
}
