namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>A node of the model: one element, where it hangs, and what hangs on it.</summary>
internal sealed class ModelNode(ModelInsertion? insertion)
{
    public ModelInsertion? Insertion => insertion;

    public bool IsDeleted { get; set; } = insertion is null;

    public List<ModelNode> LeftChildren { get; } = [];

    public List<ModelNode> RightChildren { get; } = [];
}
