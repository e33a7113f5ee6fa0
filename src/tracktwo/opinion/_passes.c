#define Py_LIMITED_API 0x030B0000
#include <Python.h>
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_passes", NULL, -1, NULL};
PyMODINIT_FUNC PyInit__passes(void) { return PyModule_Create(&module); }
