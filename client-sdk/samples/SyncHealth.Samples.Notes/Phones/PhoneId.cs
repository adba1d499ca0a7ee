using SyncHealth.Dashboard.State;

namespace SyncHealth.Samples.Notes.Phones;

/// <summary>Which phone: its letter and the notebook on it. It is the address, so that a reload comes back to the same phone.</summary>
/// <param name="Letter">One of <see cref="Letters"/>.</param>
/// <param name="Notebook">The notebook.</param>
public readonly record struct PhoneId(char Letter, Notebook Notebook)
{
    /// <summary>Path of the page.</summary>
    public const string Path = "/try";

    /// <summary>All the phones there are, in each notebook: engines cost memory and files, so their number is fixed.</summary>
    public const string Letters = "abcdef";

    private const string Merge = "merge";

    /// <summary>"phone A"</summary>
    public string Name => $"phone {char.ToUpperInvariant(Letter)}";

    /// <summary>The next letter, for the second phone.</summary>
    public PhoneId Neighbour => this with { Letter = Letters[(Letters.IndexOf(Letter, StringComparison.Ordinal) + 1) % Letters.Length] };

    /// <summary>Reads a letter and a notebook as they stand in an address; null when there is no such phone.</summary>
    public static PhoneId? Parse(string letter, string? notebook)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return letter.Length == 1 && Letters.Contains(char.ToLowerInvariant(letter[0]), StringComparison.Ordinal)
            ? new PhoneId(char.ToLowerInvariant(letter[0]), NotebookOf(notebook))
            : null;
    }

    /// <summary>The notebook of an address: what it does not know is the default.</summary>
    public static Notebook NotebookOf(string? notebook) => notebook == Merge ? Notebook.FieldMerge : Notebook.LastWriteWins;

    /// <summary>The address below the root: <c>/try?phone=a</c>, <c>/try?phone=b&amp;notebook=merge</c>.</summary>
    public string ToAddress() => new PageAddress(Path).With("phone", Letter.ToString()).With("notebook", Notebook == Notebook.FieldMerge ? Merge : null).ToString();
}
