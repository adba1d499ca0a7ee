using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SyncHealth.Architecture.Tests;

/// <summary>One C# file: its path below the root, its text and its syntax.</summary>
internal sealed class SourceFile(string path)
{
    private readonly Lazy<CompilationUnitSyntax> _syntax = new(() => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(
        Checkout.Read(path), new CSharpParseOptions(LanguageVersion.Preview)).GetRoot());

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileName(Path);

    public string Text { get; } = Checkout.Read(path);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public CompilationUnitSyntax Syntax => _syntax.Value;

    public IEnumerable<T> All<T>()
        where T : SyntaxNode => Syntax.DescendantNodes().OfType<T>();

    public static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
