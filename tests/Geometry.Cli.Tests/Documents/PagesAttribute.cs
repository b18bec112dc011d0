using System.Reflection;
using Geometry.Tests.Shared;
using Xunit.Sdk;

namespace Geometry.Cli.Tests.Documents;

/// <summary>The pages with commands that need nothing but the command and a shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PagesAttribute : DataAttribute
{
    public PagesAttribute() => Skip = UnixNeeds.Missing("bash");

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        DocumentPage
            .All.Where(path => DocumentPage.Read(path).Blocks.Any(b => b.IsRun && b.Need.Length == 0))
            .Select(path => new object[] { path });
}

/// <summary>The pages with commands that need more; skipped, with the reason, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class PagesNeedingAttribute : DataAttribute
{
    private readonly string _need;

    /// <param name="need"><c>python</c>, or a command.</param>
    public PagesNeedingAttribute(string need)
    {
        _need = need;
        Skip =
            need == "python"
                ? UnixNeeds.Missing("bash") ?? (PageFolder.Python is null ? "this machine has no python3 with numpy and pandas" : null)
                : UnixNeeds.Missing("bash", need);
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        DocumentPage
            .All.Where(path => DocumentPage.Read(path).Blocks.Any(b => b.IsRun && b.Need == _need))
            .Select(path => new object[] { path, _need });
}
