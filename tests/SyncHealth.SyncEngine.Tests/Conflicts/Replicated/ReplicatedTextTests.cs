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

    /// <inheritdoc/>
    protected override ReplicatedText Act(ReplicatedText state, Here here, int kind, int value) => state.Edit(here.Agent, document =>
    {
        if (kind < 3 || document.Length == 0)
            document.Insert(value % (document.Length + 1), "ab");
        else
            document.Delete(value % document.Length, 1);
    });
}
