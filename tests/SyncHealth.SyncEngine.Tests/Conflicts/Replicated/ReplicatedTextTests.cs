using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Conflicts.Text;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Replicated;

public sealed class ReplicatedTextTests : ReplicatedLaws<ReplicatedText>
{
    [Fact]
    public void Merge_OfTwoThatTyped_KeepsBoth()
    {
        var shared = ReplicatedText.Empty.Edit(new TextAgent(1), document => document.Insert(0, "milk"));

        var merged = shared.Edit(new TextAgent(2), document => document.Insert(0, "oat "))
            .Merge(shared.Edit(new TextAgent(3), document => document.Insert(4, ", bread")));

        Assert.Equal("oat milk, bread", merged.Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Merge_WhoHeardPartOfABackspace_WritesTheSameAsWhoHeardItWhole(int heard)
    {
        var writer = new TextAgent(1);
        var typed = ReplicatedText.Empty.Edit(writer, document => document.Insert(0, "abcdef"));
        var deleted = Enumerable.Range(0, 5).Aggregate(
            new List<ReplicatedText> { typed },
            (states, index) => [.. states, states[^1].Edit(writer, document => document.Delete(5 - index, 1))]);

        Assert.Equal(deleted[^1].Encode(), deleted[heard].Merge(deleted[^1]).Encode());
    }

    /// <inheritdoc/>
    protected override ReplicatedText Act(ReplicatedText state, Here here, int kind, int value) => state.Edit(here.Agent, document =>
    {
        if (kind < 3 || document.Length == 0)
            document.Insert(value % (document.Length + 1), "ab");
        else
            document.Delete(value % document.Length, 1);
    });
}
